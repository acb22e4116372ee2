/** The two libraries that draw, and the fonts. Loaded with the first picture: a bot that draws none does not pay for them. */
import { createRequire } from 'node:module';
import type { EChartsCoreOption } from 'echarts/core';
import { colours, font } from './colours.js';
import { ChartUnavailable } from './errors.js';

export interface DrawingTools {
  toSvg(option: EChartsCoreOption, size: { readonly width: number; readonly height: number }): string;
  /** Drawn on a thread of its own. @param zoom pixels a unit of the SVG */
  toPng(svg: string, zoom: number): Promise<Buffer>;
}

let loading: Promise<DrawingTools> | undefined;

/** @throws ChartUnavailable; tries again the next time. */
export async function drawingTools(): Promise<DrawingTools> {
  loading ??= load();
  try {
    return await loading;
  } catch (error) {
    loading = undefined;
    throw new ChartUnavailable(error);
  }
}

async function load(): Promise<DrawingTools> {
  const [core, charts, components, renderers, { renderAsync }] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
    import('@resvg/resvg-js'),
  ]);
  core.use([
    charts.LineChart,
    charts.CustomChart,
    components.GridComponent,
    components.TitleComponent,
    components.MarkAreaComponent,
    components.MarkLineComponent,
    components.MarkPointComponent,
    renderers.SVGRenderer,
  ]);
  const fontFiles = fonts();
  return {
    toSvg: (option, size) => {
      const chart = core.init(null, null, { renderer: 'svg', ssr: true, ...size });
      try {
        chart.setOption(option);
        return chart.renderToSVGString();
      } finally {
        chart.dispose();
      }
    },
    toPng: async (svg, zoom) => {
      const image = await renderAsync(svg, {
        fitTo: { mode: 'zoom', value: zoom },
        background: colours.ground,
        font: { loadSystemFonts: false, fontFiles, defaultFontFamily: font },
      });
      return image.asPng();
    },
  };
}

/** The same letters on every machine, also on one without any font. */
function fonts(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return ['DejaVuSans', 'DejaVuSans-Bold'].map((name) => resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
}
