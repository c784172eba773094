package io.kuber.server.trust;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The key that signs the tokens of service accounts: RSA, which every client of tokens knows.
 *
 * @param secret signs
 * @param open checks, and is shown to whoever asks
 * @param id tells keys apart: the hash of the open one, as upstream makes it
 *     (pkg/serviceaccount/jwt.go)
 * @param retired keys that sign no more, by their ids; tokens that they have signed are good until
 *     they end
 */
public record SigningKey(
    PrivateKey secret, RSAPublicKey open, String id, SortedMap<String, RSAPublicKey> retired) {
  private static final int BITS = 2048;
  private static final String FILE = "sa.key";

  /** The open halves of keys that sign no more, one after the other. */
  static final String RETIRED_FILE = "sa-retired.pub";

  /** Copies the keys. */
  public SigningKey {
    retired = Collections.unmodifiableSortedMap(new TreeMap<>(retired));
  }

  /** One without predecessors. */
  public SigningKey(PrivateKey secret, RSAPublicKey open, String id) {
    this(secret, open, id, new TreeMap<>());
  }

  /** The open half of the key of that id; empty for one that never signed here. */
  Optional<RSAPublicKey> open(String wanted) {
    return wanted.equals(id) ? Optional.of(open) : Optional.ofNullable(retired.get(wanted));
  }

  /** A new key, kept nowhere. */
  public static SigningKey create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS, new SecureRandom());
      KeyPair pair = generator.generateKeyPair();
      return of(pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM makes no RSA keys", e);
    }
  }

  /**
   * Reads the key of a directory, or makes it.
   *
   * @throws IOException when the file cannot be read, written or understood; the message names it
   */
  public static SigningKey open(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      Files.createDirectories(directory);
      PkiDirectory.writePrivate(file, Pem.of(create().secret()));
    }
    try {
      SigningKey key = of(Pem.key(Files.readString(file)));
      return new SigningKey(key.secret, key.open, key.id, retiredIn(directory));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException(
          "cannot read the key in " + file + ": " + e.getMessage() + "; remove it for a new one",
          e);
    }
  }

  /**
   * Lets the key of a directory sign no more: the next server that starts there makes another, and
   * knows the tokens of this one until they end.
   *
   * @throws IOException when there is none that can be read
   */
  static void retire(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      throw new IOException("there is no " + file);
    }
    Path retired = directory.resolve(RETIRED_FILE);
    String before = Files.exists(retired) ? Files.readString(retired) : "";
    PkiDirectory.writePrivate(retired, before + Pem.of(open(directory).open()));
    Files.delete(file);
  }

  private static SortedMap<String, RSAPublicKey> retiredIn(Path directory)
      throws IOException, GeneralSecurityException {
    SortedMap<String, RSAPublicKey> keys = new TreeMap<>();
    Path file = directory.resolve(RETIRED_FILE);
    if (Files.exists(file)) {
      for (byte[] encoded : Pem.blocks(Files.readString(file))) {
        RSAPublicKey key =
            (RSAPublicKey)
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
        keys.put(idOf(key), key);
      }
    }
    return keys;
  }

  private static String idOf(RSAPublicKey key) throws GeneralSecurityException {
    return base64(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
  }

  private static SigningKey of(PrivateKey secret) throws GeneralSecurityException {
    if (!(secret instanceof RSAPrivateCrtKey rsa)) {
      throw new GeneralSecurityException("it is no RSA key");
    }
    RSAPublicKey open =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
    return new SigningKey(secret, open, idOf(open));
  }

  /** The open keys as a JSON Web Key Set (RFC 7517), for whoever checks tokens without asking. */
  public Tree keySet() {
    List<Tree> keys = new ArrayList<>(List.of(webKey(id, open)));
    retired.forEach((name, key) -> keys.add(webKey(name, key)));
    return Tree.of("keys", Items.copyOf(keys));
  }

  private static Tree webKey(String id, RSAPublicKey key) {
    return Tree.of(
        "use",
        "sig",
        "kty",
        "RSA",
        "kid",
        id,
        "alg",
        Jwt.ALGORITHM,
        "n",
        base64(unsigned(key.getModulus().toByteArray())),
        "e",
        base64(unsigned(key.getPublicExponent().toByteArray())));
  }

  /** A positive number without the byte that is there for its sign. */
  private static byte[] unsigned(byte[] number) {
    return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
