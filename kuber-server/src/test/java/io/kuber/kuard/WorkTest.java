package io.kuber.kuard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkTest {
  private static final String QUEUE = "/memq/server/queues/keygen";
  private static final String SMALL = "--keygen-bits=512";

  @Test
  void handsOutWorkInTheOrderItCame() throws Exception {
    try (Visitor visitor = Visitor.of()) {
      assertThat(visitor.put(QUEUE, "").statusCode()).isEqualTo(200);
      assertThat(visitor.post(QUEUE + "/enqueue", "work-item-0").body())
          .startsWith("{\"kind\":\"message\",\"id\":\"")
          .contains("\"body\":\"work-item-0\",\"creationTimestamp\":\"");
      visitor.post(QUEUE + "/enqueue", "work-item-1");
      visitor.post(QUEUE + "/enqueue", "work-item-2");
      assertThat(visitor.post(QUEUE + "/dequeue", "").body()).contains("work-item-0");
      visitor.post(QUEUE + "/drain", "");
      assertThat(visitor.post(QUEUE + "/dequeue", "").statusCode()).isEqualTo(204);
      assertThat(visitor.get("/memq/server/stats").body())
          .isEqualTo(
              "{\"kind\":\"stats\",\"queues\":[{\"name\":\"keygen\",\"depth\":0,"
                  + "\"enqueued\":3,\"dequeued\":1,\"drained\":2}]}\n");
      assertThat(visitor.send("DELETE", QUEUE, "", "*/*").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesWorkWithoutAQueueAndAQueueTwice() throws Exception {
    try (Visitor visitor = Visitor.of()) {
      var absent = visitor.post(QUEUE + "/enqueue", "x");
      assertThat(absent.statusCode()).isEqualTo(400);
      assertThat(absent.body()).isEqualTo("queue keygen does not exist\n");
      visitor.put(QUEUE, "");
      assertThat(visitor.put(QUEUE, "").statusCode()).isEqualTo(400);
      assertThat(visitor.post(QUEUE + "/enqueue", "x".repeat(Call.MAX_BODY + 1)).statusCode())
          .isEqualTo(413);
    }
  }

  @Test
  void bringsTheNumberOfQueuesToAnEnd() {
    Broker broker = new Broker();
    for (int i = 0; i < Broker.MAX_QUEUES; i++) {
      broker.create("q" + i);
    }
    assertThatThrownBy(() -> broker.create("one-more"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("delete one first");
  }

  @Test
  void exitsWithTheCodeWhenTheKeysAreGenerated() throws Exception {
    try (Visitor visitor =
        Visitor.of(
            "--keygen-enable",
            "--keygen-exit-on-complete",
            "--keygen-exit-code=7",
            "--keygen-num-to-gen=3",
            SMALL)) {
      assertThat(visitor.exits.poll(30, TimeUnit.SECONDS)).isEqualTo(7);
      assertThat(visitor.get("/keygen").body())
          .contains("(ID 0) Workload starting")
          .contains("(ID 0 3/3) Item done: SHA256:")
          .contains("(ID 0) Workload exiting");
    }
  }

  @Test
  void startsWorkThatIsPutAndNeverExitsUnlessTold() throws Exception {
    try (Visitor visitor = Visitor.of()) {
      visitor.put("/keygen", "{\"enable\":true,\"numToGen\":1,\"bits\":512}");
      visitor.put(
          "/keygen", "{\"enable\":true,\"numToGen\":1,\"bits\":512,\"exitOnComplete\":true}");
      assertThat(visitor.exits.poll(30, TimeUnit.SECONDS)).isEqualTo(0);
      assertThat(visitor.exits).isEmpty();
    }
  }

  @Test
  void refusesWorkThatMakesNoSense() throws Exception {
    try (Visitor visitor = Visitor.of()) {
      assertThat(visitor.put("/keygen", "{\"exitCode\":300}").statusCode()).isEqualTo(400);
      assertThat(visitor.put("/keygen", "{\"memQServer\":\"file:///etc\"}").body())
          .contains("must be an http URL");
    }
  }

  @Test
  void consumesAQueueOfAnotherKuardAndExitsWhenItIsEmpty() throws Exception {
    try (Visitor server = Visitor.of()) {
      server.put(QUEUE, "");
      server.post(QUEUE + "/enqueue", "work-item-0");
      server.post(QUEUE + "/enqueue", "work-item-1");
      try (Visitor worker =
          Visitor.of(
              "--keygen-enable",
              "--keygen-exit-on-complete",
              "--keygen-memq-server=" + server.url("/memq/server"),
              "--keygen-memq-queue=keygen",
              SMALL)) {
        assertThat(worker.exits.poll(30, TimeUnit.SECONDS)).isEqualTo(0);
      }
      assertThat(server.get("/memq/server/stats").body()).contains("\"dequeued\":2");
    }
  }

  @Test
  void tellsFingerprintsAsSshKeygenDoes() throws Exception {
    var spec = new RSAPublicKeySpec(new BigInteger("c5".repeat(64), 16), BigInteger.valueOf(65537));
    var key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
    assertThat(SshKey.fingerprint(key))
        .isEqualTo("SHA256:9i1Z3/CDWmnNr23y2PsBleRQ1XojFIjU2xgPLQihsvU");
  }
}
