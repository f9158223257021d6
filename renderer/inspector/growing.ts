import classes from './inspector.module.css';

/**
 * Class names of a text area that grows with its text, by CSS alone: measuring it by script costs a layout of the
 * whole page at each key.
 */
export const GROWING = { input: classes.growing ?? '' };
