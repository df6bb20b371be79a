import styled from 'styled-components';

const Row = styled.div`
  line-height: 1.4;
`;

export const Rows = ({ rows }: Props) => <Row>{rows.length}</Row>;
