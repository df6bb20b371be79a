@Component
export class Panel extends React.Component<Props, State> implements Renderable {
  state: State = { open: false };
  toggle = () => this.setState({ open: !this.state.open });
  @Bound()
  render(): JSX.Element {
    const { open } = this.state;
    return open ? <Body {...this.props} /> : <Empty />;
  }
}
export enum Size { Small = 'small' }
export type Props = { size?: Size; kind: 'a' | 'b' };
export interface State { open: boolean }
