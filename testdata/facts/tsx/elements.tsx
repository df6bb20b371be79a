import { useFlag } from './flags';

const View: React.FC<Props> = ({ name, label = 'none', ...others }: Props) => {
  const { newTax, 'old-tax': oldTax = false } = useFlags();
  const enabled = useFlag<boolean>('new-tax', false)!;
  const generic = <T,>(value: T) => value as T;
  if (!enabled) return null;
  return (
    <>
      {/* A comment. */}
      {enabled && <NewTax rate={2} onChange={() => save(name)} />}
      {enabled ? <NewTax /> : <OldTax></OldTax>}
      <Feature name="new-tax" fallback={<OldTax />} disabled {...others}>
        Pay now &amp; save {total} today
      </Feature>
      <ui.Button.Primary aria-label='pay' xlink:href="x" render={function () { return <a>x</a>; }}>
        {rows.map((row) => <Row key={row.id} {...row} />)}
      </ui.Button.Primary>
      <Typed<string> value={name satisfies string} element=<b>bold</b> />
    </>
  );
};

export default memo(View);
