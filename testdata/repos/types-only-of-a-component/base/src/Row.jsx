import { object, string } from 'prop-types';

const Row = ({ row, note }) => <p>{row.name}</p>;

Row.propTypes = {
  row: object,
};

Row.defaultProps = {
  row: null,
};

export default Row;
