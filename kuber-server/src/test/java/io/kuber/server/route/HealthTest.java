package io.kuber.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.http.Request;
import io.kuber.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the lists of checks say. */
final class HealthTest {
  private final Health health =
      new Health(
          Map.of("store", Optional::empty),
          Map.of("leader", () -> Optional.of("no leader since noon")));

  private String answer(String target) {
    Response response = health.answer(Request.of("GET", target));
    return response.status() + " " + new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void staysAliveWithoutBeingReady() {
    assertThat(answer("/livez")).isEqualTo("200 ok");
    assertThat(answer("/livez/leader")).startsWith("404");
    assertThat(answer("/healthz")).startsWith("500");
  }

  @Test
  void saysWhyItIsNotReady() {
    String list = "[+]ping ok\n[+]store ok\n[-]leader failed: no leader since noon\n";
    assertThat(answer("/readyz?verbose")).isEqualTo("500 " + list + "readyz check failed\n");
    assertThat(answer("/readyz/leader"))
        .isEqualTo("500 internal server error: leader failed: no leader since noon\n");
  }

  @Test
  void leavesOutWhatIsExcluded() {
    assertThat(answer("/readyz?exclude=leader")).isEqualTo("200 ok");
    assertThat(answer("/readyz?verbose&exclude=leader&exclude=none"))
        .contains("[+]leader excluded: ok")
        .contains("no matches for \"none\"");
  }
}
