package io.kuber.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Deed;
import io.kuber.access.Deed.OnPath;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.User;
import io.kuber.json.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy that docs/security.md offers tells what the CIS benchmark names (3.2.1, 3.2.2). */
class SamplePolicyTest {
  private static final User JANE = User.known("jane");

  private static Plan plan(User user, Deed deed) throws Exception {
    byte[] yaml = Files.readAllBytes(Path.of("../docs/examples/audit/policy.yaml"));
    return PolicyReader.read(Yaml.parse(yaml)).plan(user, deed);
  }

  @ParameterizedTest
  @CsvSource({
    "get, '', secrets, '', METADATA",
    "create, '', secrets, '', METADATA",
    "update, '', configmaps, '', METADATA",
    "create, '', serviceaccounts, token, METADATA",
    "create, authentication.k8s.io, tokenreviews, '', METADATA",
    "create, rbac.authorization.k8s.io, roles, '', REQUEST_RESPONSE",
    "create, '', pods, exec, METADATA",
    "get, '', pods, portforward, METADATA",
    "get, '', services, proxy, METADATA",
    "create, '', pods, '', REQUEST",
    "patch, apps, deployments, '', REQUEST",
    "list, '', pods, '', METADATA",
    "delete, storage.k8s.io, storageclasses, '', METADATA",
    "create, '', events, '', NONE",
  })
  void tellsAsMuchAsIsAskedFor(
      String verb, String group, String resource, String subresource, Level level)
      throws Exception {
    Deed deed = new OnResource(verb, group, "v1", resource, subresource, "a", "x");
    assertThat(plan(JANE, deed).level()).isEqualTo(level);
  }

  @Test
  void leavesOutWhatIsAskedAllTheTime() throws Exception {
    assertThat(plan(JANE, new OnPath("get", "/readyz")).isNothing()).isTrue();
    assertThat(plan(JANE, new OnPath("get", "/logs")).level()).isEqualTo(Level.METADATA);
    Deed lease = new OnResource("update", "coordination.k8s.io", "v1", "leases", "", "a", "n");
    assertThat(plan(User.node("n"), lease).isNothing()).isTrue();
    assertThat(plan(JANE, lease).level()).isEqualTo(Level.METADATA);
  }
}
