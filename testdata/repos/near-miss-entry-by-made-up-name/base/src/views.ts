export enum Views {
  Home = 'home',
}
