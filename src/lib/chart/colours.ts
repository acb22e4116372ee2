/** The picture brings its own dark ground, so that it reads the same in Discord's dark and light modes. */
export const colours = {
  ground: '#1e1f22',
  phase: '#26282c',
  grid: '#393b41',
  text: '#dbdee1',
  faint: '#a3a6ad',
  ratio: '#7cb7ff',
  band: 'rgba(88, 150, 255, 0.30)',
  /** The band's colour as it comes out on the ground, for letters. */
  bandKey: '#6f96d6',
  proven: '#ff6b6b',
  provenBand: 'rgba(255, 90, 90, 0.34)',
  limit: '#ffb454',
  same: '#878b93',
} as const;

export const font = 'DejaVu Sans';
