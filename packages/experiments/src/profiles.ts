/** How large a study is run: `smoke` shows that everything works, `quick` answers in minutes on the phantom, `paper` has the paper's own numbers. */
export const PROFILE_NAMES = ['smoke', 'quick', 'paper'] as const;

/** One of {@link PROFILE_NAMES}. */
export type ProfileName = (typeof PROFILE_NAMES)[number];
