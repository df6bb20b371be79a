export interface Switches {
  allows(name: string): boolean;
}
