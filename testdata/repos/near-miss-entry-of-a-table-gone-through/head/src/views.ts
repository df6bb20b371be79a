export enum Views {
  Home = 'home',
  Repairs = 'repairs-list',
}
