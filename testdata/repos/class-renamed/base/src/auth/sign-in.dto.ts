export class signInDto {
  email: string;
}
