import { ActionIcon, Button, Tooltip, VisuallyHidden } from '@mantine/core';
import type { TFunction } from 'i18next';
import { PhoneCall as CallIcon, PhoneIncoming } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/flow/project.ts';
import { useProject } from '../store/react.tsx';
import { type ColleagueCall, lightOf } from './lights-store.ts';
import classes from './phone.module.css';
import { useLights, usePhone } from './phone-context.tsx';

/** Everyone else who has an extension: whether they can be called, and their calls that ring can be picked up. */
export function Colleagues({ personId }: { readonly personId: string }) {
  const { t } = useTranslation();
  const { phone } = usePhone();
  const people = useProject((project) => project.people);
  const lights = useLights((state) => state);
  const colleagues = useMemo(
    () =>
      Object.entries(people)
        .filter(([id, { extension }]) => extension !== '' && id !== personId)
        .map(([, person]) => person)
        .sort((a, b) => a.extension.localeCompare(b.extension, undefined, { numeric: true })),
    [people, personId],
  );
  useEffect(() => phone.watch(colleagues.map(({ extension }) => extension)), [phone, colleagues]);
  useEffect(() => () => phone.watch([]), [phone]);
  if (colleagues.length === 0) return null;
  const rung = colleagues.flatMap((person) => {
    const { ringing } = lightOf(lights, person.extension);
    return ringing === null ? [] : [t('phone.colleagues.rings', { name: person.name, caller: callerOf(ringing, t) })];
  });
  return (
    <section aria-label={t('phone.colleagues.label')}>
      <h2 className={classes.colleaguesTitle}>{t('phone.colleagues.label')}</h2>
      <VisuallyHidden role="status">{rung.join(' ')}</VisuallyHidden>
      <ul className={classes.colleagues}>
        {colleagues.map((person) => (
          <ColleagueLine key={person.extension} person={person} {...lightOf(lights, person.extension)} />
        ))}
      </ul>
    </section>
  );
}

interface ColleagueLineProps extends ReturnType<typeof lightOf> {
  readonly person: Person;
}

function ColleagueLine({ person: { name, extension }, light, ringing }: ColleagueLineProps) {
  const { t } = useTranslation();
  const session = usePhone();
  return (
    <li data-light={light}>
      <span className={classes.colleagueDot} aria-hidden />
      <span className={classes.colleagueWho}>
        {name} <small>{extension}</small>
        <small className={classes.colleagueState}>
          {t(`phone.colleagues.light.${light}`)}
          {ringing === null ? '' : ` · ${callerOf(ringing, t)}`}
        </small>
      </span>
      {ringing?.replaces ? (
        <Button
          size="compact-sm"
          color="teal"
          leftSection={<PhoneIncoming size={14} aria-hidden />}
          aria-label={t('phone.colleagues.pickUpFor', { name, caller: callerOf(ringing, t) })}
          onClick={() => void session.pickUp(extension, ringing)}
        >
          {t('phone.colleagues.pickUp')}
        </Button>
      ) : null}
      <Tooltip label={t('phone.colleagues.call', { name })}>
        <ActionIcon
          aria-label={t('phone.colleagues.call', { name })}
          onClick={() => void session.call(extension, name)}
        >
          <CallIcon size={14} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

function callerOf({ caller }: ColleagueCall, t: TFunction): string {
  return caller?.name || caller?.number || t('phone.unknownCaller');
}
