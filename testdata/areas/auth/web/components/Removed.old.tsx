// Taking a permission away from a button widens who may press it.
export function AddButton({ project }) {
  return (
    <Button
      permission={ADD_MEMBER} //~ area auth:critical
    >
      Add
    </Button>
  );
}

export function Title({ name }) {
  return <h1 className="wide">{name}</h1>;
}
