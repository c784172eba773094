package io.kuber.server.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Tree;
import java.nio.file.Path;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JwtTest {
  private static final SigningKey KEY = SigningKey.create();
  private static final SigningKey OTHER = SigningKey.create();
  private static final Tree CLAIMS = Tree.of("sub", "me", "exp", 12L);
  private static final String TOKEN = Jwt.signed(CLAIMS, KEY);

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** A token with any header over the true claims, signed with the true key. */
  private static String withHeader(String header) throws Exception {
    String said = base64(header) + "." + TOKEN.split("\\.")[1];
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(KEY.secret());
    signature.update(said.getBytes(UTF_8));
    return said + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  @Test
  void readsWhatItSigned() {
    assertThat(Jwt.verified(TOKEN, KEY)).contains(CLAIMS);
  }

  @Test
  void readsATokenThatAnotherProgramSignedWithTheKey() throws Exception {
    String header = "{\"alg\":\"RS256\",\"kid\":\"" + KEY.id() + "\"}";
    assertThat(Jwt.verified(withHeader(header), KEY)).contains(CLAIMS);
  }

  @Test
  void refusesAnyOtherAlgorithmKeyOrExtension() throws Exception {
    String kid = "\"kid\":\"" + KEY.id() + "\"";
    for (String header :
        List.of(
            "{\"alg\":\"none\"," + kid + "}",
            "{\"alg\":\"HS256\"," + kid + "}",
            "{\"alg\":\"rs256\"," + kid + "}",
            "{\"alg\":\"RS256\",\"kid\":\"" + OTHER.id() + "\"}",
            "{\"alg\":\"RS256\"}",
            "{\"alg\":\"RS256\",\"crit\":[\"exp\"]," + kid + "}",
            "{" + kid + "}",
            "[]",
            "")) {
      assertThat(Jwt.verified(withHeader(header), KEY)).as(header).isEmpty();
    }
  }

  @Test
  void refusesATokenOfAnotherKey() {
    assertThat(Jwt.verified(Jwt.signed(CLAIMS, OTHER), KEY)).isEmpty();
    SigningKey posing = new SigningKey(OTHER.secret(), OTHER.open(), KEY.id());
    assertThat(Jwt.verified(Jwt.signed(CLAIMS, posing), KEY)).isEmpty();
  }

  @Test
  void knowsTokensOfAKeyThatWasRetiredAndSignsWithAnother(@TempDir Path directory)
      throws Exception {
    SigningKey first = SigningKey.open(directory);
    String old = Jwt.signed(CLAIMS, first);
    SigningKey.retire(directory);
    SigningKey second = SigningKey.open(directory);
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(Jwt.verified(old, second)).contains(CLAIMS);
    assertThat(Jwt.verified(Jwt.signed(CLAIMS, second), first)).isEmpty();
    SigningKey.retire(directory);
    SigningKey third = SigningKey.open(directory);
    assertThat(third.keySet().items("keys").trees().stream().map(key -> key.text("kid")))
        .containsExactlyInAnyOrder(first.id(), second.id(), third.id());
    assertThat(Jwt.verified(old, third)).contains(CLAIMS);
  }

  @Test
  void refusesOtherClaimsUnderTheSignature() {
    String[] parts = TOKEN.split("\\.");
    String forged = parts[0] + "." + base64("{\"sub\":\"root\"}") + "." + parts[2];
    assertThat(Jwt.verified(forged, KEY)).isEmpty();
  }

  @Test
  void refusesATokenThatIsCutAnywhere() {
    for (int length = 0; length < TOKEN.length(); length += 7) {
      assertThat(Jwt.verified(TOKEN.substring(0, length), KEY)).isEmpty();
    }
  }

  @Test
  void refusesEveryOtherSpelling() {
    String[] parts = TOKEN.split("\\.");
    for (String spelling :
        List.of(
            TOKEN + "=",
            TOKEN + "==",
            TOKEN + ".",
            "." + TOKEN,
            TOKEN + " ",
            TOKEN + "\n",
            parts[0] + "." + parts[1] + ".",
            parts[0] + "..",
            "..",
            ".",
            "",
            "{\"payload\":1}",
            parts[0] + "." + parts[1] + ".\u20ac\u0000")) {
      assertThat(Jwt.verified(spelling, KEY)).as(spelling).isEmpty();
    }
  }

  @Test
  void doesNotLookAtATokenThatIsTooLong() {
    Tree long1 = Tree.of("a", "x".repeat(Jwt.MAX_LENGTH));
    assertThat(Jwt.verified(Jwt.signed(long1, KEY), KEY)).isEmpty();
    assertThat(Jwt.verified(".".repeat(10_000_000), KEY)).isEmpty();
  }
}
