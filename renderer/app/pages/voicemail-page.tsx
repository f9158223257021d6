import { useTranslation } from 'react-i18next';
import { useVoicemail } from '../../store/react.tsx';
import { VoicemailList } from '../../voicemail/voicemail-list.tsx';
import classes from './page.module.css';
import { Page, PageSection } from './page.tsx';

/** Every message that callers left. */
export function VoicemailPage() {
  const { t } = useTranslation();
  const messages = useVoicemail((state) => state.messages);
  return (
    <Page title={t('voicemail.title')} hint={t('voicemail.hint')}>
      <PageSection title={t('voicemail.list', { count: messages.length })}>
        {messages.length === 0 ? (
          <p className={classes.empty}>{t('voicemail.none')}</p>
        ) : (
          <VoicemailList messages={messages} />
        )}
      </PageSection>
    </Page>
  );
}
