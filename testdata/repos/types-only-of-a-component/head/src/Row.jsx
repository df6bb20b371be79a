import { object, string } from 'prop-types';

const Row = ({ row, note }) => <p>{row.name}</p>;

Row.propTypes = {
  row: object,
  note: string,
};

Row.defaultProps = {
  row: null,
  note: null,
};

export default Row;
