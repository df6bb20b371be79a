export enum ToggleNavn {
    visAvslag = 'sak.vis-avslag',
    visOpphør = 'sak.vis-opphoer',
}
