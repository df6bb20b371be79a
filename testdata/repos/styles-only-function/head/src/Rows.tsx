import { styled } from '@mui/material';

const Row = styled('div')(({ theme }) => ({
  padding: theme.spacing(3),
}));

const Cell = styled(Row)({ color: 'red' });

export const Rows = ({ rows }: Props) => <Row>{rows.length}</Row>;
