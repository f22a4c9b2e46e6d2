export type { DataExport, Exporter } from '../../web/feature.ts';
