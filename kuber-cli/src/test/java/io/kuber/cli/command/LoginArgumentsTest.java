package io.kuber.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.boot.LoginOptions;
import io.kuber.cli.output.CommandFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What may be said of who comes in, and what not together. */
final class LoginArgumentsTest {
  private static LoginOptions options(String... arguments) {
    return CommandLine.populateCommand(new LoginArguments(), arguments).options();
  }

  @Test
  void takesAFileOfProviders() {
    assertThat(options("--authentication-config", "a.yaml"))
        .isEqualTo(LoginOptions.STANDARD.withAuthentication(Path.of("a.yaml")));
    assertThat(options("--anonymous-auth", "false"))
        .isEqualTo(LoginOptions.STANDARD.withAnonymous(false));
    assertThat(options()).isEqualTo(LoginOptions.STANDARD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--oidc-issuer-url=https://a",
        "--oidc-client-id=a",
        "--oidc-username-claim=sub",
        "--oidc-username-prefix=a",
        "--oidc-groups-claim=a",
        "--oidc-groups-prefix=a",
        "--oidc-required-claim=a=b",
        "--oidc-signing-algs=RS256",
        "--oidc-ca-file=a",
      })
  void takesNoOtherWordOfProvidersBesideTheFile(String other) {
    assertThatThrownBy(() -> options("--authentication-config", "a.yaml", other))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(
            "--authentication-config and "
                + other.substring(0, other.indexOf('='))
                + " are mutually exclusive");
  }
}
