package io.kuber.engine.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.engine.EngineException;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused because nobody would do it. */
final class UnservedTest {
  private static Tree json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'VolumesFrom': ['web']} | HostConfig.VolumesFrom",
        "{'PidMode': 'host'} | HostConfig.PidMode",
        "{'ShmSize': 1048576} | HostConfig.ShmSize",
        "{'Init': true} | HostConfig.Init",
        "{'Sysctls': {'net.ipv4.ip_forward': '1'}} | HostConfig.Sysctls",
        "{'CpuPeriod': 50000} | HostConfig.CpuPeriod",
        "{'LogConfig': {'Type': 'syslog'}} | HostConfig.LogConfig.Type",
      })
  void namesTheFieldOfTheHost(String host, String field) {
    assertThatThrownBy(() -> Unserved.check(Tree.EMPTY, json(host)))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith(field + ": ");
  }

  @Test
  void refusesHealthChecksThatNobodyWouldMake() {
    Tree config = json("{'Healthcheck': {'Test': ['CMD-SHELL', 'true']}}");
    assertThatThrownBy(() -> Unserved.check(config, Tree.EMPTY))
        .hasMessageStartingWith("Healthcheck: ");
    assertThatCode(() -> Unserved.check(json("{'Healthcheck': {'Test': ['NONE']}}"), Tree.EMPTY))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'PidMode': '', 'Init': null, 'Ulimits': null, 'Devices': [], 'Sysctls': {}}",
        "{'ShmSize': 0, 'CpuPeriod': 0, 'MemorySwap': -1, 'OomKillDisable': false}",
        "{'ShmSize': 67108864, 'CpuPeriod': 100000, 'CgroupnsMode': 'private'}",
        "{'LogConfig': {'Type': 'json-file', 'Config': {}}}",
      })
  void takesWhatMeansNothing(String host) {
    assertThatCode(() -> Unserved.check(Tree.EMPTY, json(host))).doesNotThrowAnyException();
  }
}
