// No client: a path is looked up in a table of its own.
export class Registry {
  page(name: string) {
    return this.pages.get('/' + name)
  }
}
