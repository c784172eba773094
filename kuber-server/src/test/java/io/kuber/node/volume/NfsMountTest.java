package io.kuber.node.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NfsMountTest {
  @ParameterizedTest
  @CsvSource({
    "'', nfs4, 'addr=192.0.2.7'",
    "'vers=4.1,hard', nfs4, 'vers=4.1,hard,addr=192.0.2.7'",
    "'nfsvers=3', nfs, 'nfsvers=3,mountaddr=192.0.2.7,addr=192.0.2.7'",
    "'rw,defaults,soft', nfs4, 'soft,addr=192.0.2.7'",
  })
  void translatesTheOptionsOfMount(String options, String type, String data) {
    NfsMount mount = NfsMount.of("files", "192.0.2.7", "/share", List.of(options));
    assertThat(mount).isEqualTo(new NfsMount(type, "files:/share", 0, data));
  }

  @ParameterizedTest
  @CsvSource({"ro, 1", "nosuid, 2", "'noexec,nodev', 12"})
  void takesOutTheFlagsOfTheKernel(String options, long flags) {
    NfsMount mount = NfsMount.of("files", "192.0.2.7", "/share", List.of(options));
    assertThat(mount.flags()).isEqualTo(flags);
    assertThat(mount.data()).isEqualTo("addr=192.0.2.7");
  }
}
