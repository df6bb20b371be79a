import styled from 'styled-components';

const Button = styled('button').attrs({ onClick: () => save() })`
  color: blue;
`;

export const Save = () => <Button>Save</Button>;
