@Injectable({ providedIn: 'root' })
export class TaxService<T> extends Base<T> implements Service, ns.Other {
  @Input() rate: number = 2;
  @Output() changed;
  static readonly limit = 10;
  private flags?: Flags;
  declare kind: string;
  #secret = 1;
  onSave = (event: Event) => this.save(event);
  'quoted' = 1;

  constructor(@Inject(TOKEN) private readonly client: Client, public name = 'x') {
    super();
  }

  @Cached()
  @Get(':id')
  public async total(@Param('id') id: string): Promise<number> {
    return this.#secret;
  }

  overloaded(a: string): void;
  overloaded(a: any) {}

  override get size(): number { return this.flags!.size; }
  static { start(); }
  [key: string]: unknown;
}

@Sealed
class After {}

abstract class Shape extends mixin(Base) {
  abstract area(): number;
  protected abstract name: string;
}

const Anonymous = class { run() {} };
const Named = class Inner extends Base implements Service {};

export enum Flag {
  NewTax = 'new-tax',
  Old,
  'quoted' = 1,
}
declare const enum Level { Low, High }
@Sealed
abstract class Drawn implements Service {}
@Sealed
export abstract class Exported {}
const Decorated = @Sealed class {};
