export class SignInDto {
  email: string;
}
