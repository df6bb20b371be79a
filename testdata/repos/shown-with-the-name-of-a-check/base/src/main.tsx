import { Shop } from "./Shop";
render(<Shop />);
