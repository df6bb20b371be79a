import styled from 'styled-components';

const Button = styled('button').attrs({ onClick: () => save() })`
  color: red;
`;

export const Save = () => <Button>Save</Button>;
