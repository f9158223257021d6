import { useTranslation } from 'react-i18next';

/** Where menus, hints and dialogs are drawn: within a landmark, so that screen readers find them (WCAG 1.3.1). */
export function PopupHost() {
  const { t } = useTranslation();
  // Mantine draws into the element of that mark when there is one.
  return <section data-mantine-shared-portal-node="true" aria-label={t('header.popups')} />;
}
