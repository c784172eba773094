package io.kuber.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.http.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestPathTest {
  private static RequestPath path(String path) {
    return RequestPath.of(Request.of("GET", path).segments()).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      emptyValue = "",
      value = {
        "/api/v1, '', v1, '', '', '', '', false",
        "/api/v1/nodes, '', v1, '', nodes, '', '', false",
        "/api/v1/nodes/n/status, '', v1, '', nodes, n, status, false",
        "/api/v1/pods, '', v1, '', pods, '', '', false",
        "/api/v1/namespaces, '', v1, '', namespaces, '', '', false",
        "/api/v1/namespaces/a, '', v1, '', namespaces, a, '', false",
        "/api/v1/namespaces/a/status, '', v1, '', namespaces, a, status, false",
        "/api/v1/namespaces/a/finalize, '', v1, '', namespaces, a, finalize, false",
        "/api/v1/namespaces/a/pods, '', v1, a, pods, '', '', false",
        "/api/v1/namespaces/a/pods/p/log, '', v1, a, pods, p, log, false",
        "/api/v1/watch/pods, '', v1, '', pods, '', '', true",
        "/api/v1/watch/namespaces/a/pods/p, '', v1, a, pods, p, '', true",
        "/apis/apps/v1/namespaces/a/deployments/d/scale, apps, v1, a, deployments, d, scale, false",
        "//api//v1/pods/, '', v1, '', pods, '', '', false",
        "/api/v1/namespaces/a/pods/p%2Fq, '', v1, a, pods, p/q, '', false",
      })
  void saysWhatAPathAddresses(
      String path,
      String group,
      String version,
      String namespace,
      String resource,
      String name,
      String subresource,
      boolean watch) {
    RequestPath read = path(path);
    assertThat(read.group()).isEqualTo(group);
    assertThat(read.version()).isEqualTo(version);
    assertThat(read.namespace()).isEqualTo(namespace);
    assertThat(read.resource()).isEqualTo(resource);
    assertThat(read.name()).isEqualTo(name);
    assertThat(read.subresource()).isEqualTo(subresource);
    assertThat(read.watch()).isEqualTo(watch);
  }

  @Test
  void keepsWhatFollowsTheSubresource() {
    assertThat(path("/api/v1/namespaces/a/pods/p/proxy/x/y").rest()).containsExactly("x", "y");
  }

  @ParameterizedTest
  @CsvSource({"/", "/api", "/apis", "/apis/apps", "/healthz", "/openapi/v3/apis/apps/v1"})
  void leavesOtherPathsAlone(String path) {
    assertThat(RequestPath.of(Request.of("GET", path).segments())).isEmpty();
  }
}
