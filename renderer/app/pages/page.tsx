import type { ReactNode } from 'react';
import classes from './page.module.css';

interface PageProps {
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
}

/** A page of forms: title, a sentence of what it is for, content in a readable width. */
export function Page({ title, hint, children }: PageProps) {
  return (
    <div className={classes.page}>
      <div className={classes.content}>
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.hint}>{hint}</p>
        {children}
      </div>
    </div>
  );
}

/** A titled part of a page with its action on the right. */
export function PageSection({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}
