import { styled } from '@mui/material';

const Row = styled('div')(({ theme }) => ({
  padding: theme.spacing(2),
}));

export const Rows = ({ rows }: Props) => <Row>{rows.length}</Row>;
