import classes from './node-looks.module.css';

/** A telephone key as drawn on cards and in forms. */
export function Keycap({ children }: { children: string }) {
  return <kbd className={classes.keycap}>{children}</kbd>;
}
