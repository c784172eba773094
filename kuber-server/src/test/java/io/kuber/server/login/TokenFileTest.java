package io.kuber.server.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.PlainTokens;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenFileTest {
  @TempDir private Path directory;

  private TokenFile read(String text) throws IOException {
    return TokenFile.read(Files.writeString(directory.resolve("tokens.csv"), text));
  }

  @Test
  void knowsTheUserOfEachLine() throws IOException {
    TokenFile file = read("t0k3n,alice,7,\"dev,ops\"\n\nother,bob,8\n");
    assertThat(file.apply("t0k3n"))
        .contains(new User("alice", "7", List.of("dev", "ops", User.AUTHENTICATED), Map.of()));
    assertThat(file.apply("other"))
        .contains(new User("bob", "8", List.of(User.AUTHENTICATED), Map.of()));
    assertThat(file.apply("t0k3")).isEmpty();
    assertThat(file.apply("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret,alice", ",alice,7", "s3cret,,7", "s3cret,a,1\ns3cret,b,2"})
  void tellsTheLineThatMakesNoSenseAndNoToken(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tokens.csv, line ")
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void isGoodForTheApiServerAlone() throws IOException {
    PlainTokens tokens = new PlainTokens(read("t0k3n,alice,7"), TokenIssuer.API_AUDIENCES);
    assertThat(tokens.authenticate("t0k3n", TokenIssuer.API_AUDIENCES)).isInstanceOf(Known.class);
    assertThat(tokens.authenticate("t0k3n", List.of("vault"))).isInstanceOf(Refused.class);
  }
}
