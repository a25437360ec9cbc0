package org.rltune.tune;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.rltune.json.Json;

/**
 * The format of a checkpoint on disk: a folder with the trainable's files, {@code trial.json} (counters, hyperparameters
 * in force, lineage), and {@code manifest.json}, which names the format and its version and holds size and SHA-256 of
 * every other file. The folder is written under another name and renamed when all of it is on disk, so that a folder
 * with the right name is complete.
 */
public final class CheckpointFolder {
    static final String FORMAT = "rltune-checkpoint";
    static final int VERSION = 1;
    static final String MANIFEST = "manifest.json";
    static final String TRIAL = "trial.json";

    private CheckpointFolder() {}

    /** Returns the name of the folder for an own iteration: {@code checkpoint_000012}. */
    static String nameOf(int iteration) {
        return numbered("checkpoint_", iteration);
    }

    /** Returns a name with a number of at least six digits. */
    static String numbered(String prefix, int number) {
        String digits = Integer.toString(number);
        return prefix + "0".repeat(Math.max(0, 6 - digits.length())) + digits;
    }

    static void write(Path folder, Map<String, byte[]> files, Map<String, Object> trial) {
        Path temporary = folder.resolveSibling("." + folder.getFileName() + ".tmp");
        Map<String, byte[]> all = new TreeMap<>(files);
        Map<String, Object> sizes = new LinkedHashMap<>();
        files.keySet().forEach(CheckpointFolder::checkName);
        all.put(TRIAL, utf8(Json.writePretty(trial)));
        all.forEach((name, content) -> sizes.put(name, Map.of("size", content.length, "sha256", sha256(content))));
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("format", FORMAT);
        manifest.put("version", VERSION);
        manifest.put("files", sizes);
        try {
            AtomicFiles.deleteFolder(temporary);
            Files.createDirectories(temporary);
            for (Map.Entry<String, byte[]> file : all.entrySet()) {
                AtomicFiles.writeForced(temporary.resolve(file.getKey()), file.getValue());
            }
            AtomicFiles.writeForced(temporary.resolve(MANIFEST), utf8(Json.writePretty(manifest)));
            AtomicFiles.forceFolder(temporary);
            AtomicFiles.deleteFolder(folder);
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
            AtomicFiles.forceFolder(folder.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw AtomicFiles.failure("write checkpoint", folder, e);
        }
    }

    private static boolean mayBeNamed(String name) {
        return name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*") && !name.equals(MANIFEST);
    }

    private static void checkName(String name) {
        if (!mayBeNamed(name) || name.equals(TRIAL)) {
            throw new IllegalArgumentException("The trainable saved a file named \"" + name + "\", but names must be"
                    + " letters, digits, '.', '_' and '-', and neither " + MANIFEST + " nor " + TRIAL
                    + ". Choose another name in save().");
        }
    }

    /**
     * Reads the trainable's files of a checkpoint.
     *
     * @throws IllegalArgumentException if a file is missing, has another size or another content than the manifest says,
     *     or the format is unknown; the message names it
     */
    public static Map<String, byte[]> read(Path folder) {
        Map<String, byte[]> all = readAll(folder);
        all.remove(TRIAL);
        return all;
    }

    private static Map<String, byte[]> readAll(Path folder) {
        Path manifestFile = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(manifestFile)) {
            throw damaged(folder, MANIFEST + " is missing");
        }
        try {
            return readAll(folder, manifestFile);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.contains(folder.toString()) ? e : damaged(folder, MANIFEST + ": " + message);
        }
    }

    private static Map<String, byte[]> readAll(Path folder, Path manifestFile) {
        Map<String, Object> manifest = manifest(folder, manifestFile);
        Map<String, Object> listed = Json.asObject(manifest.get("files"), manifestFile + ": files");
        Map<String, byte[]> files = new TreeMap<>();
        listed.forEach((name, facts) -> {
            if (!mayBeNamed(name)) {
                throw damaged(folder, MANIFEST + " lists a file named " + Json.shown(name));
            }
            Map<String, Object> fact = Json.asObject(facts, manifestFile + ": " + name);
            files.put(
                    name,
                    readFile(folder, name, Json.asLong(fact.get("size"), "size"), String.valueOf(fact.get("sha256"))));
        });
        return files;
    }

    private static Map<String, Object> manifest(Path folder, Path file) {
        Map<String, Object> manifest;
        try {
            manifest = Json.readObject(file);
        } catch (IllegalArgumentException e) {
            throw damaged(folder, MANIFEST + " is not readable: " + e.getMessage());
        }
        if (!FORMAT.equals(manifest.get("format"))) {
            throw damaged(folder, "its format is " + Json.shown(manifest.get("format")) + ", not " + FORMAT);
        }
        long version = Json.asLong(manifest.get("version"), file + ": version");
        if (version != VERSION) {
            throw new IllegalArgumentException("Checkpoint " + folder + " has format version " + version
                    + ", but this rltune reads version " + VERSION + ". Use the rltune that wrote it, or a newer one.");
        }
        return manifest;
    }

    private static byte[] readFile(Path folder, String name, long size, String sha256) {
        Path file = folder.resolve(name);
        try {
            if (!Files.isRegularFile(file)) {
                throw damaged(folder, name + " is missing");
            }
            if (Files.size(file) != size) {
                throw damaged(folder, name + " has " + Files.size(file) + " bytes instead of " + size);
            }
            byte[] content = Files.readAllBytes(file);
            if (!sha256(content).equals(sha256)) {
                throw damaged(folder, "the SHA-256 of " + name + " is not the one in " + MANIFEST);
            }
            return content;
        } catch (IOException e) {
            throw AtomicFiles.failure("read", file, e);
        }
    }

    private static IllegalArgumentException damaged(Path folder, String what) {
        return new IllegalArgumentException(
                "Checkpoint " + folder + " is damaged: " + what + ". Use another checkpoint of the trial.");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(byte[] content) {
        MessageDigest digest = Digest.sha256();
        return HexFormat.of().formatHex(digest.digest(content));
    }
}
