// What a person does with the client of npm; each line of the output is one fact.
import { commit, downloadFile, fileExists, listFiles, modelInfo, snapshotDownload, uploadFiles }
  from "@huggingface/hub";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [hubUrl, accessToken] = process.argv.slice(2);
const common = { hubUrl, accessToken };
const say = (name, value) => console.log(`${name}=${value}`);
const refused = async (name, act) => {
  try {
    await act();
    say(name, "not refused");
  } catch (error) {
    say(name, `${error.statusCode} ${error.message}`);
  }
};

const info = await modelInfo({ ...common, name: "acme/toy", additionalFields: ["sha"] });
say("sha", info.sha);
const files = [];
for await (const file of listFiles({ ...common, repo: "acme/toy", recursive: true })) {
  files.push(file.path);
}
say("files", files.sort().join(","));
const config = await downloadFile({ ...common, repo: "acme/toy", path: "config.json" });
say("config", (await config.text()).trim());
const weights = await downloadFile({ ...common, repo: "acme/toy", path: "model.safetensors" });
say("weights", (await weights.arrayBuffer()).byteLength);
say("exists", await fileExists({ ...common, repo: "acme/toy", path: "nope.json" }));
const cache = mkdtempSync(join(tmpdir(), "hub-client-"));
const folder = await snapshotDownload({ ...common, repo: "acme/toy", cacheDir: cache });
say("snapshot", readFileSync(join(folder, "sub", "tokenizer.json"), "utf8").trim());

const published = await uploadFiles({
  ...common,
  repo: "acme/published",
  files: [
    { path: "README.md", content: new Blob(["# js\n"]) },
    { path: "weights.npy", content: new Blob([new Uint8Array(250001).fill(7)]) },
  ],
  useXet: false,
});
say("published", published.commit.oid);
const deleted = await commit({
  ...common,
  repo: "acme/published",
  title: "Delete README.md",
  operations: [{ operation: "delete", path: "README.md" }],
});
say("deleted", deleted.commit.oid);

await refused("waits", () => modelInfo({ ...common, name: "acme/waits" }));
await refused("revoked", () => modelInfo({ ...common, name: "acme/revoked" }));
await refused("unknown", () => modelInfo({ ...common, name: "acme/unknown" }));
await refused("elsewhere", () =>
  uploadFiles({
    ...common,
    repo: "other/place",
    files: [{ path: "a.txt", content: new Blob(["a"]) }],
    useXet: false,
  }));
