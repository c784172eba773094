package io.kuber.engine.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.engine.EngineException;
import io.kuber.json.Json;
import io.kuber.object.Tree;
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
        "{'CpusetCpus': '0-1'} | --cpuset-cpus | CpusetCpus",
        "{'Links': ['web']} | --link | Links",
        "{'UTSMode': 'host'} | --uts | UTSMode",
        "{'DeviceRequests': [{'Count': -1}]} | --gpus | DeviceRequests",
        "{'LogConfig': {'Type': 'syslog'}} | --log-driver | LogConfig.Type",
      })
  void namesTheFlagAndTheField(String host, String flag, String field) {
    assertThatThrownBy(() -> Unserved.check(json(host)))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith(flag + ": ")
        .hasMessageContaining("HostConfig." + field + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'PidMode': 'host', 'Init': true, 'Ulimits': null, 'Devices': [], 'Sysctls': {}}",
        "{'ShmSize': 0, 'CpuPeriod': 0, 'MemorySwap': -1, 'OomKillDisable': false}",
        "{'ShmSize': 67108864, 'CpuPeriod': 100000, 'CgroupnsMode': 'private', 'UsernsMode':"
            + " 'host'}",
        "{'LogConfig': {'Type': 'json-file', 'Config': {}}}",
      })
  void takesWhatMeansNothing(String host) {
    assertThatCode(() -> Unserved.check(json(host))).doesNotThrowAnyException();
  }
}
