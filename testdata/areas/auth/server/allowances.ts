// A function of the same name that decides nothing about people.
import { allow } from "./limits";

allow(maximum, "speed", vehicle);
