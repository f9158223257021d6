import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  SegmentedControl,
  Switch,
  Tooltip,
} from '@mantine/core';

const indigo: MantineColorsTuple = [
  '#eef2ff',
  '#dfe6fd',
  '#bccbfa',
  '#9db3ff',
  '#8fa8ff',
  '#5f7ee8',
  '#3355cc',
  '#2b48ae',
  '#243b8f',
  '#1c2e70',
];

const red: MantineColorsTuple = [
  '#fdeceb',
  '#fad7d5',
  '#f4b0ab',
  '#f0a19b',
  '#ff8f87',
  '#dc4a41',
  '#b3261e',
  '#981f18',
  '#7d1912',
  '#5f120d',
];

/** Mantine's own dark greys, in the tint of our surfaces. */
const dark: MantineColorsTuple = [
  '#e5e8ed',
  '#c3c9d2',
  '#a0a8b5',
  '#7a8391',
  '#454c57',
  '#2c3138',
  '#22262c',
  '#1a1d22',
  '#15181c',
  '#101317',
];

/** Mantine dressed in our tokens: 13 px text, 4 px grid, 6 px radius, compact controls. */
export const theme = createTheme({
  primaryColor: 'indigo',
  // White text needs this much depth in either scheme (AA).
  primaryShade: { light: 6, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  colors: { indigo, red, dark },
  fontFamily: 'var(--dt-font)',
  fontFamilyMonospace: 'var(--dt-mono)',
  fontSizes: { xs: '13px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: '6px',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '18px', lineHeight: '1.35' },
      h2: { fontSize: '15px', lineHeight: '1.4' },
      h3: { fontSize: '13px', lineHeight: '1.4' },
    },
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Button: Button.extend({ defaultProps: { size: 'xs', fw: 500 } }),
    Input: Input.extend({ defaultProps: { size: 'xs' } }),
    InputWrapper: Input.Wrapper.extend({ defaultProps: { size: 'xs' } }),
    // A menu holds its items only, and the first of them has the focus (WAI-ARIA, menu button).
    Menu: Menu.extend({
      defaultProps: { shadow: 'md', transitionProps: { duration: 100 }, withInitialFocusPlaceholder: false },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } }),
    Modal: Modal.extend({ defaultProps: { transitionProps: { duration: 120 } } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    Switch: Switch.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: false, fz: 12 } }),
  },
});

/** Maps the variables that Mantine paints with to our tokens, so that both follow one set. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const mapped = {
    '--mantine-color-body': 'var(--dt-surface)',
    '--mantine-color-text': 'var(--dt-text)',
    '--mantine-color-dimmed': 'var(--dt-muted)',
    '--mantine-color-placeholder': 'var(--dt-muted)',
    '--mantine-color-error': 'var(--dt-danger)',
    '--mantine-color-default': 'var(--dt-surface)',
    '--mantine-color-default-hover': 'var(--dt-hover)',
    '--mantine-color-default-color': 'var(--dt-text)',
    '--mantine-color-default-border': 'var(--dt-border-strong)',
    '--mantine-color-anchor': 'var(--dt-accent)',
    '--mantine-shadow-md': 'var(--dt-shadow-high)',
  };
  return { variables: {}, light: mapped, dark: mapped };
};

/** Where the colour scheme (light, dark, auto) is kept. */
export const COLOR_SCHEME_KEY = 'dialtree.theme';
