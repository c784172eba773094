package io.kuber.server.encryption;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.store.Key;
import io.kuber.store.Sealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VaultTest {
  private static final Key SECRET = new Key("secrets", "default", "login");
  private static final byte[] VALUE = "{\"data\":{\"password\":\"czNjcjN0\"}}".getBytes(UTF_8);

  @TempDir Path directory;

  private Path own;
  private Path given;

  @BeforeEach
  void makeKeys() throws IOException {
    own = Files.writeString(directory.resolve("own.yaml"), Vault.newFile(Optional.empty()));
    given = directory.resolve("given.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aesgcm", "aescbc"})
  void sealsAndOpens(String provider) throws IOException {
    Vault vault = vault(rule("secrets", provider, "one", key(1)));
    byte[] sealed = vault.seal(SECRET, VALUE);
    assertThat(Sealing.isSealed(sealed)).isTrue();
    assertThat(new String(sealed, ISO_8859_1)).contains("one").doesNotContain("czNjcjN0");
    assertThat(vault.open(SECRET, sealed)).isEqualTo(VALUE);
    assertThat(vault.seal(SECRET, VALUE)).isNotEqualTo(sealed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aesgcm", "aescbc"})
  void findsEveryFlippedBitAndAnObjectInThePlaceOfAnother(String provider) throws IOException {
    Vault vault = vault(rule("secrets", provider, "one", key(1)));
    byte[] sealed = vault.seal(SECRET, VALUE);
    for (int i = 0; i < sealed.length; i++) {
      sealed[i] ^= 4;
      assertThat(vault.open(SECRET, sealed)).as("byte " + i).isEqualTo(sealed);
      sealed[i] ^= 4;
    }
    Key other = new Key("secrets", "default", "other");
    assertThat(vault.open(other, sealed)).isEqualTo(sealed);
    assertThat(vault.open(SECRET, new byte[] {Sealing.MARK})).hasSize(1);
  }

  @Test
  void opensNothingWithAnotherKeyOfTheSameName() throws IOException {
    byte[] sealed = vault(rule("secrets", "aesgcm", "one", key(1))).seal(SECRET, VALUE);
    assertThat(vault(rule("secrets", "aesgcm", "one", key(2))).open(SECRET, sealed))
        .isEqualTo(sealed);
  }

  @Test
  void sealsSecretsAloneWithTheKeyOfTheCluster() throws IOException {
    Vault vault = Vault.open(own, Optional.empty());
    assertThat(Sealing.isSealed(vault.seal(SECRET, VALUE))).isTrue();
    assertThat(vault.seal(new Key("configmaps", "default", "a"), VALUE)).isSameAs(VALUE);
    assertThat(Vault.newFile(Optional.empty())).isNotEqualTo(Vault.newFile(Optional.empty()));
    Optional<byte[]> seed = Optional.of(key(7));
    assertThat(Vault.newFile(seed)).isEqualTo(Vault.newFile(seed));
  }

  @ParameterizedTest
  @CsvSource({
    "secrets, secrets, true",
    "secrets, configmaps, false",
    "*.apps, deployments.apps, true",
    "*.apps, deployments.example.apps, false",
    "*.apps, secrets, false",
    "*., secrets, true",
    "*., deployments.apps, false",
    "*.*, widgets.example.com, true",
    "*.*, secrets, true",
    "widgets.example.com, widgets.example.com, true"
  })
  void sealsTheResourcesThatARuleNames(String resources, String resource, boolean sealed)
      throws IOException {
    Vault vault = vault(rule("'" + resources + "'", "aesgcm", "one", key(1)));
    assertThat(Sealing.isSealed(vault.seal(new Key(resource, "", "a"), VALUE))).isEqualTo(sealed);
  }

  @Test
  void theFirstRuleThatIsAboutAResourceDecides() throws IOException {
    Vault vault =
        vault(
            "- resources: [events]\n  providers: [{identity: {}}]\n"
                + rule("'*.*'", "aesgcm", "one", key(1)));
    assertThat(vault.seal(new Key("events", "a", "a"), VALUE)).isSameAs(VALUE);
    assertThat(Sealing.isSealed(vault.seal(SECRET, VALUE))).isTrue();
  }

  @Test
  void writesWithTheNewKeyAndReadsWithTheOldOneOnceTheFileHasChanged() throws IOException {
    Vault vault = vault(rule("secrets", "aesgcm", "old", key(1)));
    byte[] old = vault.seal(SECRET, VALUE);
    String two = "[{name: new, secret: " + text(2) + "}, {name: old, secret: " + text(1) + "}]";
    write("- resources: [secrets]\n  providers: [{aesgcm: {keys: " + two + "}}]\n");
    vault.look();
    byte[] rewritten = vault.seal(SECRET, VALUE);
    assertThat(new String(rewritten, ISO_8859_1)).contains("new");
    assertThat(vault.open(SECRET, old)).isEqualTo(VALUE);
    write(rule("secrets", "aesgcm", "new", key(2)));
    vault.look();
    assertThat(vault.open(SECRET, rewritten)).isEqualTo(VALUE);
    assertThat(vault.open(SECRET, old)).isEqualTo(old);
  }

  @Test
  void opensWhatTheKeyOfTheClusterHasSealedWhateverAFileSays() throws IOException {
    byte[] sealed = Vault.open(own, Optional.empty()).seal(SECRET, VALUE);
    Vault vault = vault("- resources: [secrets]\n  providers: [{identity: {}}]\n");
    assertThat(vault.open(SECRET, sealed)).isEqualTo(VALUE);
    assertThat(vault.seal(SECRET, VALUE)).isSameAs(VALUE);
  }

  @Test
  void keepsItsKeysWhenAFileBecomesWrong() throws IOException {
    Vault vault = vault(rule("secrets", "aesgcm", "one", key(1)));
    byte[] sealed = vault.seal(SECRET, VALUE);
    write("- resources: []\n");
    assertThatThrownBy(vault::look)
        .isInstanceOf(IOException.class)
        .hasMessage(given + ": resources[0].resources: names no resource");
    assertThat(vault.open(SECRET, sealed)).isEqualTo(VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{aesgcm: {keys: [{name: a, secret: c2hvcnQ=}]}}] |"
            + " resources[0].providers[0].aesgcm.keys[0].secret: has 5 bytes, but a key has 16, 24"
            + " or 32",
        "[{aesgcm: {keys: [{name: a, secret: '?'}]}}] |"
            + " resources[0].providers[0].aesgcm.keys[0].secret: is no base64",
        "[{aesgcm: {keys: [{secret: ''}]}}] | resources[0].providers[0].aesgcm.keys[0].name: is to"
            + " have from 1 to 255 bytes",
        "[{identity: {}}, {aesgcm: {}}] | resources[0].providers[1].aesgcm.keys: is missing or"
            + " empty",
        "[{kms: {apiVersion: v2}}] | resources[0].providers[0].kms: kuber does not have this"
            + " provider; use aesgcm or aescbc",
        "[{secretbox: {}}] | resources[0].providers[0].secretbox: kuber does not have this"
            + " provider; use aesgcm or aescbc",
        "[{rot13: {}}] | resources[0].providers[0].rot13: no such provider; there are aesgcm,"
            + " aescbc and identity",
        "[] | resources[0].providers: is missing or empty"
      })
  void namesTheFieldThatIsWrong(String providers, String message) {
    assertThatThrownBy(() -> vault("- resources: [secrets]\n  providers: " + providers + "\n"))
        .isInstanceOf(IOException.class)
        .hasMessage(given + ": " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'*'", "pods/status", "'sec*'", "'*s.apps'"})
  void refusesResourcesThatNobodyStores(String resource) {
    assertThatThrownBy(() -> vault(rule(resource, "aesgcm", "one", key(1))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("resources[0].resources[0]: ");
  }

  @Test
  void saysThatAFileIsNone() throws IOException {
    Files.writeString(given, "kind: Pod\n");
    assertThatThrownBy(() -> Vault.open(own, Optional.of(given)))
        .hasMessage(given + ": apiVersion: is to be apiserver.config.k8s.io/v1");
    Files.writeString(given, "{");
    assertThatThrownBy(() -> Vault.open(own, Optional.of(given)))
        .hasMessageStartingWith(given + ": no YAML: ");
    Files.delete(given);
    assertThatThrownBy(() -> Vault.open(own, Optional.of(given)))
        .hasMessageContaining(given.toString());
  }

  private Vault vault(String rules) throws IOException {
    write(rules);
    return Vault.open(own, Optional.of(given));
  }

  private void write(String rules) throws IOException {
    Files.writeString(
        given,
        "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n"
            + rules);
  }

  private static String rule(String resource, String provider, String name, byte[] key) {
    return "- resources: [%s]\n  providers: [{%s: {keys: [{name: %s, secret: %s}]}}]\n"
        .formatted(resource, provider, name, Base64.getEncoder().encodeToString(key));
  }

  private static String text(int number) {
    return Base64.getEncoder().encodeToString(key(number));
  }

  private static byte[] key(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    return key;
  }
}
