/** Items a page of a list may have; a larger `per_page` counts as this. https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export const PAGE_SIZE = 100;

/** Annotations one request may carry; more are refused, updates append. https://docs.github.com/rest/checks/runs#update-a-check-run */
export const ANNOTATIONS_PER_REQUEST = 50;

/** Bytes of a file that the contents API shows; larger files are not analysed, so they are not downloaded either. https://docs.github.com/rest/repos/contents#get-repository-content */
export const MAX_BLOB_BYTES = 1_000_000;

/** Bytes after which GitHub cuts `Blob.text`; nothing documents it, sveltia/sveltia-cms#950 measured it. https://docs.github.com/graphql/reference/objects#blob */
export const MAX_BLOB_TEXT_BYTES = 512_000;

/** Requests of one installation that run at once: far from the 100 after which GitHub refuses. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
export const CONCURRENT_REQUESTS = 30;

/** Files a comparison lists, on its first page only; of larger changes the rest is missing. https://docs.github.com/rest/commits/commits#compare-two-commits */
export const COMPARED_FILES = 300;

/** Files a pull request lists over all pages; of larger ones the rest is missing. https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
export const LISTED_FILES = 3_000;

/** Parallel reads of one job, so that several jobs of an installation fit into `CONCURRENT_REQUESTS`; beyond, they wait. https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
export const PARALLEL_READS = 10;

/** Milliseconds between writes where there are many; faster ones run into the secondary limit. https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests */
export const WRITE_INTERVAL_MS = 1_000;

/** Requests that create content, in a minute; beyond, GitHub refuses with its secondary limit. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
export const CREATIONS_PER_MINUTE = 80;

/** Requests that create content, in an hour; beyond, GitHub refuses with its secondary limit. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
export const CREATIONS_PER_HOUR = 500;

/** Seconds to wait after a secondary limit that names no time, twice as long each further time. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
export const SECONDARY_LIMIT_SECONDS = 60;

/** Seconds after which a primary limit is over: it counts by the hour. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-primary-rate-limits */
export const PRIMARY_LIMIT_SECONDS = 3_600;

/** Bytes of a SARIF file after gzip; a larger one is refused. https://docs.github.com/code-security/code-scanning/troubleshooting-sarif-uploads/file-too-large */
export const MAX_SARIF_BYTES = 10_000_000;

/** Results of a SARIF run that GitHub shows; more than 25,000 are refused altogether. https://docs.github.com/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
export const MAX_SARIF_RESULTS = 5_000;
