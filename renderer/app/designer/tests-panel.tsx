import { ActionIcon, Button, Progress, Tooltip } from '@mantine/core';
import { CircleCheck, CircleX, FlaskConical, Route, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { generateTests } from '../../../shared/analyze/tests/generate-tests.ts';
import type { TestResult } from '../../../shared/analyze/tests/run-tests.ts';
import type { FlowId } from '../../../shared/flow/ids.ts';
import { useProject, useStores, useTests } from '../../store/react.tsx';
import { removeTest, renameTest } from '../../store/test-edits.ts';
import { DraftInput } from '../../ui/draft-input.tsx';
import { notify } from '../../ui/notify.ts';
import { CallAgainButton } from './call-again-button.tsx';
import classes from './designer.module.css';
import { SaveCallButton } from './save-call-button.tsx';

/** The project's tests, run anew after each change; what they cover; and where new ones come from. */
export function TestsPanel({ flowId }: { flowId: FlowId }) {
  const { t } = useTranslation();
  const results = useTests((state) => state.results);
  const coverage = useTests((state) => state.coverage);
  const failed = results.filter(({ passed }) => !passed).length;
  return (
    <div className={classes.tests}>
      <div className={classes.testsHead}>
        <SaveCallButton flowId={flowId} />
        <GenerateButton />
        {coverage ? (
          <>
            <span className={classes.testsCount}>
              {failed === 0
                ? t('tests.allPass', { count: results.length })
                : t('tests.someFail', { count: failed, of: results.length })}
            </span>
            <Progress
              className={classes.coverage ?? ''}
              value={coverage.percent}
              size="sm"
              aria-label={t('tests.coverage', { percent: coverage.percent })}
            />
            <span className={classes.rowWhere}>{t('tests.coverage', { percent: coverage.percent })}</span>
          </>
        ) : null}
      </div>
      {results.length === 0 ? (
        <p className={classes.calm}>{t('tests.none')}</p>
      ) : (
        <ul className={classes.rows}>
          {[...results].sort(failedFirst).map((result) => (
            <TestRow key={result.testId} result={result} />
          ))}
        </ul>
      )}
    </div>
  );
}

function failedFirst(one: TestResult, other: TestResult): number {
  return Number(one.passed) - Number(other.passed);
}

function TestRow({ result }: { result: TestResult }) {
  const { t } = useTranslation();
  const { project, live, ui, clock } = useStores();
  const { testId, passed, failures, trace } = result;
  // The document's name: a result is as old as the last run.
  const name = useProject((document) => document.tests[testId]?.name ?? result.name);
  const current = () => project.state.getState().project;

  function showPath(): void {
    const entered = trace.find((entry) => entry.type === 'node-entered');
    if (entered?.type !== 'node-entered') return;
    live.show(`test:${testId}`, { name, flowId: entered.flowId, trace, startedAtMs: clock.wallMs(), isOver: true });
    ui.openFlow(entered.flowId);
  }

  return (
    <li className={classes.test}>
      {passed ? (
        <CircleCheck className={classes.testMark} size={16} aria-label={t('tests.passed')} />
      ) : (
        <CircleX className={classes.testMark} data-failed size={16} aria-label={t('tests.failed')} />
      )}
      <div className={classes.testText}>
        <DraftInput
          aria-label={t('tests.name', { name })}
          variant="unstyled"
          size="xs"
          value={name}
          maxLength={100}
          check={(text) => (text.trim() === '' ? t('field.required') : undefined)}
          commit={(text) => project.replace(renameTest(current(), testId, text))}
        />
        {failures.map(({ expectation, message }) => (
          <span key={`${expectation} ${message}`} className={classes.failure}>
            {message}
          </span>
        ))}
      </div>
      <Tooltip label={t('tests.showPath')}>
        <ActionIcon aria-label={t('tests.showPathOf', { name })} onClick={showPath}>
          <Route size={16} />
        </ActionIcon>
      </Tooltip>
      <CallAgainButton traceOf={() => trace} name={name} />
      <Tooltip label={t('tests.remove')}>
        <ActionIcon
          aria-label={t('tests.removeNamed', { name })}
          onClick={() => project.replace(removeTest(current(), testId))}
        >
          <Trash2 size={16} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

/** Makes a test for each output that none goes through yet. */
function GenerateButton() {
  const { t } = useTranslation();
  const { project } = useStores();
  const coverage = useTests((state) => state.coverage);

  function generate(): void {
    const document = project.state.getState().project;
    const taken = new Set(
      (coverage?.flows ?? []).flatMap(({ flowId, outputs }) =>
        outputs.flatMap((one) => (one.taken > 0 ? [`${flowId}/${one.nodeId} ${one.output}`] : [])),
      ),
    );
    const { tests, without } = generateTests(
      document,
      ({ flowId, nodeId, output }) => !taken.has(`${flowId}/${nodeId} ${output}`),
    );
    const count = Object.keys(tests).length;
    if (count > 0) project.replace({ ...document, tests: { ...document.tests, ...tests } });
    const message = without.length === 0 ? '' : t('tests.without', { count: without.length });
    notify({ title: t('tests.generated', { count }), message });
  }

  return (
    <Button size="compact-sm" variant="default" leftSection={<FlaskConical size={14} aria-hidden />} onClick={generate}>
      {t('tests.generate')}
    </Button>
  );
}
