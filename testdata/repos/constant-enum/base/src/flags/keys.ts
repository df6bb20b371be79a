export enum FlagKey {
  PerDayLateFee = 'per-day-late-fee',
  LibraryKiosk = 'library-kiosk',
}
