package io.kuber.controller.tokencleaner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenControllerTest {
  private static final String SECRET =
      """
      metadata: {name: bootstrap-token-abcdef, namespace: %s}
      type: %s
      data: {expiration: '%s'}
      """;

  private static final String TOKEN = "bootstrap.kubernetes.io/token";

  private final ControlPlane plane = new ControlPlane(new TokenController());

  @ParameterizedTest(name = "{1} of {0} that ends at {2} after {3} s: gone {4}")
  @CsvSource({
    "kube-system," + TOKEN + ",2026-01-01T00:01:00Z,59,false",
    "kube-system," + TOKEN + ",2026-01-01T00:01:00Z,61,true",
    "kube-system," + TOKEN + ",2026-01-01T02:01:00+02:00,59,false",
    "kube-system," + TOKEN + ",2026-01-01T02:01:00+02:00,61,true",
    "kube-system," + TOKEN + ",tomorrow,0,true",
    "kube-system," + TOKEN + ",'',100000,false",
    "kube-system,Opaque,2026-01-01T00:01:00Z,61,false",
    "default," + TOKEN + ",2026-01-01T00:01:00Z,61,false"
  })
  void deletesTokensWhoseTimeIsOver(
      String namespace, String type, String end, int seconds, boolean gone) {
    String encoded = Base64.getEncoder().encodeToString(end.getBytes(UTF_8));
    plane.create(Resources.NAMESPACES, "{metadata: {name: kube-system}}");
    plane.create(Resources.SECRETS, SECRET.formatted(namespace, type, encoded));
    plane.advance(Duration.ofSeconds(seconds));
    assertThat(plane.names(Resources.SECRETS).isEmpty()).isEqualTo(gone);
  }
}
