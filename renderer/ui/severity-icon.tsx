import { CircleAlert, Info, TriangleAlert } from 'lucide-react';

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;

interface SeverityIconProps {
  readonly severity: keyof typeof ICONS;
  /** Read out; without it the icon is for the eye only. */
  readonly label?: string;
}

/** How much a problem matters, by shape and not by colour alone. */
export function SeverityIcon({ severity, label }: SeverityIconProps) {
  const Icon = ICONS[severity];
  return label === undefined ? <Icon size={14} aria-hidden /> : <Icon size={14} role="img" aria-label={label} />;
}
