/** Levels of detail, by zoom. From this one on a card's small print can be read, and cards in view are real. */
export const NEAR_ZOOM = 0.45;
/** Up to this one a card is a coloured dot and a wire a straight line. */
export const DOT_ZOOM = 0.13;
