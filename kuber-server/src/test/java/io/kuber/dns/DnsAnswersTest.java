package io.kuber.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DnsAnswersTest {
  private static final DnsZone ZONE = Zones.sample();

  private static DnsReply reply(String name, int type, int id) {
    return DnsAnswers.answer(ZONE, DnsQuestion.parse(DnsWriter.query(id, name, type)));
  }

  private static DnsAnswer answer(String name, int type) {
    DnsReply reply = reply(name, type, 0);
    assertThat(reply).isInstanceOf(DnsReply.Known.class);
    return ((DnsReply.Known) reply).answer();
  }

  private static String text(DnsRecord record) {
    if (record instanceof DnsRecord.Address address) {
      return NetUtil.bytesToIpAddress(address.ip());
    }
    if (record instanceof DnsRecord.Location location) {
      return location.weight() + " " + location.port() + " " + location.target();
    }
    if (record instanceof DnsRecord.Alias alias) {
      return alias.target();
    }
    if (record instanceof DnsRecord.Pointer pointer) {
      return pointer.target();
    }
    if (record instanceof DnsRecord.Text text) {
      return text.text();
    }
    return record.getClass().getSimpleName();
  }

  private static List<String> texts(List<DnsRecord> records) {
    return records.stream().map(DnsAnswersTest::text).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "web.default.svc.cluster.local,             1, 10.96.0.42",
    "WEB.Default.svc.cluster.local,             1, 10.96.0.42",
    "db.default.svc.cluster.local,              1, 10.244.0.5|10.244.0.6",
    "db-0.db.default.svc.cluster.local,         1, 10.244.0.5",
    "10-244-0-6.db.default.svc.cluster.local,   1, 10.244.0.6",
    "10-1-2-3.default.pod.cluster.local,        1, 10.1.2.3",
    "six.default.svc.cluster.local,             1, 10.244.0.7",
    "six.default.svc.cluster.local,            28, 2001:db8::1",
    "2001-db8--1.six.default.svc.cluster.local, 28, 2001:db8::1",
    "2001-db8--2.default.pod.cluster.local,    28, 2001:db8::2",
    "seven.six.default.svc.cluster.local,       1, 10.244.0.7",
    "_http._tcp.six.default.svc.cluster.local, 33, 33 80 seven.six.default.svc.cluster.local",
    "inner.default.svc.cluster.local,           1, web.default.svc.cluster.local|10.96.0.42",
    "inner.default.svc.cluster.local,           5, web.default.svc.cluster.local",
    "_http._tcp.web.default.svc.cluster.local, 33, 100 80 web.default.svc.cluster.local",
    "web.default.svc.cluster.local,            33, 100 80 web.default.svc.cluster.local",
    "ns.dns.cluster.local,                      1, 10.96.0.10",
    "dns-version.cluster.local,                16, 1.1.0",
    "cluster.local,                             6, Authority",
    "cluster.local,                             2, NameServer",
    "42.0.96.10.in-addr.arpa,                  12, web.default.svc.cluster.local",
    "5.0.244.10.in-addr.arpa,                  12, db-0.db.default.svc.cluster.local",
    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa, 12,"
        + " 2001-db8--1.six.default.svc.cluster.local",
  })
  void answers(String name, int type, String expected) {
    DnsAnswer answer = answer(name, type);
    assertThat(answer.code()).isEqualTo(DnsAnswer.Code.NO_ERROR);
    assertThat(String.join("|", texts(answer.answers()))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "web.default.svc.cluster.local,       28",
    "db.default.svc.cluster.local,        16",
    "db-0.db.default.svc.cluster.local,   28",
    "default.svc.cluster.local,            1",
    "empty.svc.cluster.local,              1",
    "svc.cluster.local,                    1",
    "default.pod.cluster.local,            1",
    "cluster.local,                        1",
    "dns.cluster.local,                    1",
    "42.0.96.10.in-addr.arpa,              1",
    "_http._tcp.web.default.svc.cluster.local, 1",
  })
  void saysThatNameExistsWithoutSuchRecords(String name, int type) {
    DnsAnswer answer = answer(name, type);
    assertThat(answer.code()).isEqualTo(DnsAnswer.Code.NO_ERROR);
    assertThat(answer.answers()).isEmpty();
    assertThat(texts(answer.authority())).containsExactly("Authority");
  }

  @ParameterizedTest
  @CsvSource({
    "nothing.default.svc.cluster.local",
    "web.missing.svc.cluster.local",
    "missing.svc.cluster.local",
    "lonely.default.svc.cluster.local",
    "db-1.db.default.svc.cluster.local",
    "_https._tcp.web.default.svc.cluster.local",
    "_http._udp.web.default.svc.cluster.local",
    "a.b.c.web.default.svc.cluster.local",
    "10-1-2.default.pod.cluster.local",
    "10-1-2-3.missing.pod.cluster.local",
    "a-b-c-d.default.pod.cluster.local",
    "other.cluster.local",
  })
  void saysThatNameDoesNotExist(String name) {
    DnsAnswer answer = answer(name, DnsType.A);
    assertThat(answer.code()).isEqualTo(DnsAnswer.Code.NO_SUCH_NAME);
    assertThat(texts(answer.authority())).containsExactly("Authority");
  }

  @Test
  void locatesEveryEndpointOfHeadlessServiceWithItsAddress() {
    DnsAnswer answer = answer("_peer._tcp.db.default.svc.cluster.local", DnsType.SRV);
    assertThat(texts(answer.answers()))
        .containsExactly(
            "50 2380 db-0.db.default.svc.cluster.local",
            "50 2380 10-244-0-6.db.default.svc.cluster.local");
    assertThat(texts(answer.additional())).containsExactly("10.244.0.5", "10.244.0.6");
  }

  @Test
  void turnsAddressesOfHeadlessServiceFromQuestionToQuestion() {
    DnsReply.Known turned = (DnsReply.Known) reply("db.default.svc.cluster.local", DnsType.A, 1);
    assertThat(texts(turned.answer().answers())).containsExactly("10.244.0.6", "10.244.0.5");
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, 1",
    "com, 1",
    "notcluster.local, 1",
    "8.8.8.8.in-addr.arpa, 12",
    "8.8.in-addr.arpa, 12",
    "x.ip6.arpa, 12",
    "1.ip6.arpa, 12"
  })
  void leavesOtherNamesToOthers(String name, int type) {
    assertThat(reply(name, type, 0)).isInstanceOf(DnsReply.Elsewhere.class);
  }

  @Test
  void leadsOutOfTheZoneByAlias() {
    DnsReply reply = reply("search.default.svc.cluster.local", DnsType.A, 0);
    assertThat(reply).isInstanceOf(DnsReply.Onward.class);
    assertThat(((DnsReply.Onward) reply).target()).isEqualTo("example.com");
  }

  @Test
  void leavesCircleOfAliases() {
    assertThat(answer("circle.default.svc.cluster.local", DnsType.A).answers()).hasSize(8);
  }

  @Test
  void answersBelowTheDomainThatTheClusterHas() {
    DnsService web = DnsService.withAddress("default", "web", "10.96.0.42", List.of());
    DnsZone zone = DnsZone.of("kuber.example", List.of("default"), List.of(web));
    assertThat(zone.nameOf("10.96.0.42")).contains("web.default.svc.kuber.example");
    DnsReply known = replyOf(zone, "web.default.svc.kuber.example");
    assertThat(texts(((DnsReply.Known) known).answer().answers())).containsExactly("10.96.0.42");
    assertThat(replyOf(zone, "web.default.svc.cluster.local"))
        .isInstanceOf(DnsReply.Elsewhere.class);
  }

  private static DnsReply replyOf(DnsZone zone, String name) {
    return DnsAnswers.answer(zone, DnsQuestion.parse(DnsWriter.query(0, name, DnsType.A)));
  }

  @Test
  void answersNamesOutsideOfTheDomainThatItWasTold() {
    DnsZone zone = ZONE.withHosts(Map.of("db", "172.18.0.3"));
    DnsReply reply =
        DnsAnswers.answer(zone, DnsQuestion.parse(DnsWriter.query(0, "DB", DnsType.A)));
    assertThat(texts(((DnsReply.Known) reply).answer().answers())).containsExactly("172.18.0.3");
    DnsReply six =
        DnsAnswers.answer(zone, DnsQuestion.parse(DnsWriter.query(0, "db", DnsType.AAAA)));
    assertThat(((DnsReply.Known) six).answer().answers()).isEmpty();
    assertThat(reply("db", DnsType.A, 0)).isInstanceOf(DnsReply.Elsewhere.class);
  }
}
