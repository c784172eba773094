package io.kuber.node.image.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyringTest {
  /** Every key has its own text as user. */
  private static Keyring keys(String keys) {
    StringBuilder json = new StringBuilder("{\"auths\":{");
    for (String key : Splitter.on(' ').split(keys)) {
      json.append(json.charAt(json.length() - 1) == '}' ? "," : "")
          .append("\"" + key + "\":{\"username\":\"" + key + "\",\"password\":\"p\"}");
    }
    return Keyring.ofDockerConfigJson(json.append("}}").toString().getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "gcr.io, gcr.io/a/b, gcr.io",
    "https://gcr.io, gcr.io/a/b, https://gcr.io",
    "https://gcr.io/v2/, gcr.io/a, https://gcr.io/v2/",
    "gcr.io/a gcr.io/a/b gcr.io, gcr.io/a/b, gcr.io/a/b gcr.io/a gcr.io",
    "gcr.io/a, gcr.io/b, ''",
    "gcr.io, gcr.io:5000/a, ''",
    "gcr.io:5000, gcr.io:5000/a, gcr.io:5000",
    "*.example.com, a.example.com/x, *.example.com",
    "*.example.com, a.b.example.com/x, ''",
    "*.example.com/team, a.example.com/team/x, *.example.com/team",
    "https://index.docker.io/v1/, docker.io/library/busybox, https://index.docker.io/v1/",
    "index.docker.io, docker.io/team/app, index.docker.io",
    "docker.io, docker.io/team/app, docker.io",
    "https://index.docker.io/v1/, gcr.io/busybox, ''",
    "localhost:5000, localhost:5000/a, localhost:5000",
  })
  void choosesByPrefixAndPutsTheLongerFirst(String keys, String name, String chosen) {
    assertThat(keys(keys).find(name))
        .extracting(Credentials::user)
        .isEqualTo(chosen.isEmpty() ? List.of() : Splitter.on(' ').splitToList(chosen));
  }

  @Test
  void readsNameAndPasswordTogether() {
    String both = Base64.getEncoder().encodeToString("jane:a:b".getBytes(UTF_8));
    String json = "{\"gcr.io\":{\"auth\":\"" + both + "\"}}";
    assertThat(Keyring.ofDockerCfg(json.getBytes(UTF_8)).find("gcr.io/a"))
        .containsExactly(new Credentials("jane", "a:b"));
  }

  @Test
  void refusesWhatIsNoJsonAndShowsNoPassword() {
    assertThatThrownBy(() -> Keyring.ofDockerCfg("secret".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Credentials("jane", "secret").toString()).doesNotContain("secret");
  }

  @Test
  void readsChallengesOfAllKinds() {
    assertThat(
            Challenge.parse(
                    "Bearer realm=\"https://auth.example/token\",service=\"r\", "
                        + "scope=\"repository:a/b:pull,push\"")
                .orElseThrow()
                .parameters())
        .containsEntry("realm", "https://auth.example/token")
        .containsEntry("service", "r")
        .containsEntry("scope", "repository:a/b:pull,push");
    assertThat(Challenge.parse("Basic").orElseThrow().scheme()).isEqualTo("basic");
    assertThat(Challenge.parse("=\"").isPresent()).isFalse();
  }
}
