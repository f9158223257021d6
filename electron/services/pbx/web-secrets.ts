const PREFIX = 'DIALTREE_SECRET_';

/**
 * Secrets that flows send to web services, by the name that a flow uses: `DIALTREE_SECRET_CRM_TOKEN` is
 * `{secret.crm_token}`. They come from the environment and live in memory only; a project has but their names.
 */
export function webSecrets(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const entries = Object.entries(env).flatMap(([name, value]) => {
    const secret = name.startsWith(PREFIX) ? name.slice(PREFIX.length).toLowerCase() : '';
    return secret === '' || value === undefined ? [] : [[secret, value] as const];
  });
  return Object.fromEntries(entries);
}
