import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { addSampleFlow, SAMPLE_FLOWS, sampleFlowTexts } from '../../../shared/import/samples/index.ts';
import classes from './start.module.css';
import { useNewFlow } from './use-new-flow.ts';

/** Flows to begin with, in the window's language. */
export function SampleFlows() {
  const { t, i18n } = useTranslation();
  const { startName, newId, take, document } = useNewFlow();
  const language = i18n.language === 'pl' ? 'pl' : 'en';
  return (
    <ul className={classes.samples}>
      {SAMPLE_FLOWS.map((id) => {
        const { name, about } = sampleFlowTexts(id, language);
        return (
          <li key={id} className={classes.sample}>
            <div>
              <h3 className={classes.heading}>{name}</h3>
              <p className={classes.about}>{about}</p>
            </div>
            <Button
              variant="default"
              aria-label={t('start.samples.addNamed', { name })}
              onClick={() => take(addSampleFlow(document(), id, language, { startName, newId }))}
            >
              {t('start.samples.add')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
