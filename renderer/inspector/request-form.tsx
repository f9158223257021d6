import { ActionIcon, Button, Select, Textarea, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { REQUEST_METHODS, RequestSchema } from '../../shared/flow/nodes/request.ts';
import { DraftInput } from '../ui/draft-input.tsx';
import { AssignmentsField } from './assignments-field.tsx';
import { SecondsField, Section } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { GROWING } from './growing.ts';
import classes from './inspector.module.css';
import { useFieldProblem } from './use-problem-text.ts';

const HeaderSchema = RequestSchema.shape.headers.unwrap().element;

/** What a web service is asked, and what is kept of its answer. */
export function RequestForm({ flowId, nodeId, node, change }: FormProps<'request'>) {
  const { t } = useTranslation();
  const noAddress = useFieldProblem(flowId, nodeId, 'flow/no-address');
  const badAddress = useFieldProblem(flowId, nodeId, 'flow/bad-address');
  const { data } = node;
  return (
    <>
      <Section title={t('request.title')}>
        <Select
          label={t('request.method')}
          data={[...REQUEST_METHODS]}
          value={data.method}
          allowDeselect={false}
          onChange={(method) => method && change({ method })}
        />
        <TextInput
          label={t('request.url')}
          description={t('request.urlHint', { place: '{name}', interpolation: { escapeValue: false } })}
          placeholder="https://crm.example/customers/{customer}"
          value={data.url}
          maxLength={2000}
          spellCheck={false}
          error={noAddress ?? badAddress}
          onChange={(event) => change({ url: event.currentTarget.value }, 'url')}
        />
        <Headers headers={data.headers} onChange={(headers, typing) => change({ headers: [...headers] }, typing)} />
        {data.method === 'GET' ? null : (
          <Textarea
            label={t('request.body')}
            placeholder={'{"customer": "{customer}"}'}
            value={data.body ?? ''}
            maxLength={20_000}
            rows={2}
            spellCheck={false}
            classNames={GROWING}
            onChange={(event) => change({ body: event.currentTarget.value || undefined }, 'body')}
          />
        )}
        <SecondsField
          label={t('request.timeout')}
          valueMs={data.timeoutMs}
          minMs={100}
          maxMs={10_000}
          onChangeMs={(timeoutMs) => change({ timeoutMs }, 'timeout')}
        />
      </Section>
      <Section title={t('request.answer')} hint={t('request.answerHint')}>
        <AssignmentsField
          place="response"
          placeholder="response.body.name"
          assignments={data.assignments}
          onChange={(assignments, typing) => change({ assignments }, typing)}
        />
      </Section>
    </>
  );
}

type Header = FormProps<'request'>['node']['data']['headers'][number];

function Headers(props: {
  headers: readonly Header[];
  onChange: (headers: readonly Header[], typing?: string) => void;
}) {
  const { t } = useTranslation();
  const { headers, onChange } = props;
  const put = (index: number, one: Header, typing: string) =>
    onChange(
      headers.map((other, at) => (at === index ? one : other)),
      typing,
    );
  return (
    <>
      {headers.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: headers have no identity but their place
        <div key={index} className={classes.card}>
          <div className={classes.cardHead}>
            <DraftInput
              aria-label={t('request.headerName', { number: index + 1 })}
              placeholder="Authorization"
              value={one.name}
              check={(name) => (HeaderSchema.shape.name.safeParse(name).success ? undefined : t('request.badHeader'))}
              commit={(name) => put(index, { ...one, name }, `header-name:${index}`)}
            />
            <ActionIcon
              size={24}
              aria-label={t('request.removeHeader', { name: one.name })}
              onClick={() => onChange(headers.filter((_other, at) => at !== index))}
            >
              <X size={14} />
            </ActionIcon>
          </div>
          <TextInput
            aria-label={t('request.headerValue', { name: one.name })}
            placeholder="Bearer {secret.crm_token}"
            value={one.value}
            maxLength={2000}
            spellCheck={false}
            onChange={(event) => put(index, { ...one, value: event.currentTarget.value }, `header-value:${index}`)}
          />
        </div>
      ))}
      <Button
        variant="default"
        leftSection={<Plus size={14} aria-hidden />}
        disabled={headers.length >= 20}
        onClick={() => onChange([...headers, { name: 'X-Header', value: '' }])}
      >
        {t('request.addHeader')}
      </Button>
    </>
  );
}
